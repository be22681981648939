#include "dsl/suggest.hpp"

#include <array>
#include <string>
#include <vector>

#include "tests/catch.hpp"

using fmx::dsl::did_you_mean;
using fmx::dsl::nearest;

namespace {

const std::vector<std::string_view> metrics{"train_loss", "val_loss", "grad_norm", "Loss", "lr"};

}  // namespace

TEST_CASE("the nearest name is within one edit per three letters") {
  struct Row {
    std::string_view word, meant;
  };
  const auto row = GENERATE(values<Row>({
      {"grad_nrom", "grad_norm"},     // two neighbours swapped
      {"grad_norn", "grad_norm"},     // one letter changed
      {"gradnorm", "grad_norm"},      // one dropped
      {"train__loss", "train_loss"},  // one added
      {"trn_loss", "train_loss"},     // two of eight
      {"GRAD_NORM", "grad_norm"},     // another case
      {"LR", "lr"},                   // even where a word is short
      {"ls", ""},                     // one edit of two letters is another word
      {"accuracy", ""},
      {"grad_norm", ""},  // itself is no suggestion
      {"", ""},
  }));
  CAPTURE(row.word);
  CHECK(nearest(row.word, metrics) == row.meant);
}

TEST_CASE("another case beats a nearer spelling, and ties go to the first in sorted order") {
  const std::vector<std::string_view> names{"lossy", "LOSS", "boss", "moss"};
  CHECK(nearest("loss", names) == "LOSS");
  const std::vector<std::string_view> tied{"moss", "boss"};
  CHECK(nearest("loss", tied) == "boss");
}

TEST_CASE("a word of any length is answered at once") {
  const std::string endless(1'000'000, 'a');
  const std::string other(1'000'000, 'b');
  const std::array<std::string_view, 1> names{other};
  CHECK(nearest(endless, names).empty());
}

TEST_CASE("the hint is a question, or nothing") {
  CHECK(did_you_mean("grad_nrom", metrics) == "did you mean `grad_norm`?");
  CHECK(did_you_mean("accuracy", metrics).empty());
}
