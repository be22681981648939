#include "src/readers/read.hpp"
#include "tests/src/followed_run.hpp"

using namespace fmx;
using namespace fmx::readers;

SCENARIO("tables of text are read whatever separates their cells") {
  GIVEN("a CSV file as Lightning writes it, with gaps") {
    const auto run =
        run_of("epoch,step,train_loss,val_loss\n0,49,0.5,\n0,49,,0.7\n1,99,0.25,\n1,99,,0.6\n");
    THEN("gaps are gaps") {
      CHECK(is_valid(run));
      CHECK(run.step_name == "step");
      CHECK(series(run, "train_loss").values == Values{0.5, 0.25});
      CHECK(series(run, "val_loss").steps == Values{49, 99});
    }
  }

  GIVEN("blanks around names, quotes, carriage returns and a comment before the header") {
    const auto run = run_of(
        "#{\"t_start\": 1.5}\r\n   epoch ,  \"train/box,loss\" , nan_col\r\n 1 , 1.5, nan\r\n 2 , "
        "1.25 , inf\r\n");
    CHECK(run.step_name == "epoch");
    CHECK(series(run, "train/box,loss").values == Values{1.5, 1.25});
    CHECK(std::isnan(series(run, "nan_col").values[0]));
  }

  GIVEN("semicolons and decimal commas") {
    const auto run = run_of("step;loss\n1;0,5\n2;0,25\n");
    CHECK(series(run, "loss").values == Values{0.5, 0.25});
    CHECK(notes_mention(run, "decimal comma"));
  }

  GIVEN("tabs and no header") {
    const auto run = run_of("1.5\t-20\n1.25\t-19\n");
    CHECK(series(run, "column_1").values == Values{1.5, 1.25});
    CHECK(series(run, "column_2").values == Values{-20, -19});
  }

  GIVEN("a file that was appended to by a second run of the program") {
    const auto run = run_of("step,loss\n1,5\n2,4\nstep,loss\n2,3\n3,2\n");
    CHECK(series(run, "loss").values == Values{5, 3, 2});
    CHECK(notes_mention(run, "the header stands 2 times"));
  }

  GIVEN("columns that change in the middle") {
    const auto run = run_of("step,loss\n1,5\n2,4\nstep,loss,acc\n3,3,0.5\n4,2,0.6\n");
    CHECK(series(run, "loss").values == Values{5, 4, 3, 2});
    CHECK(series(run, "acc").steps == Values{3, 4});
  }

  GIVEN("text in a column of numbers") {
    const auto run = run_of("step,loss\n1,5\n2,oops\n3,4\n");
    CHECK(series(run, "loss").steps == Values{1, 3});
    CHECK(notes_mention(run, "\"oops\""));
  }

  GIVEN("ten thousand columns") {
    std::string header = "step", row = "1", next = "2";
    for (int i = 0; i < 10000; ++i) {
      header += ",m" + std::to_string(i);
      row += ",1.5";
      next += ",2.5";
    }
    const auto run = run_of(header + "\n" + row + "\n" + next + "\n");
    CHECK(run.series.size() == 10000);
    CHECK(series(run, "m9999").values == Values{1.5, 2.5});
  }

  GIVEN("a row that is being written") {
    const auto run = run_of("step,loss,acc\n1,5,0.5\n2,4,0.6\n3,3.");
    CHECK(series(run, "loss").values == Values{5, 4});
    CHECK(notes_mention(run, "cut off"));
  }
}

SCENARIO("text comes in many encodings") {
  const std::string plain = "step,loss\n1,0.5\n2,0.25\n";
  const auto wide = [&](bool big) {
    std::string text = big ? "\xfe\xff" : "\xff\xfe";
    for (const char c : plain) {
      if (big) text += '\0';
      text += c;
      if (!big) text += '\0';
    }
    return text;
  };
  CHECK(series(run_of("\xef\xbb\xbf" + plain), "loss").values == Values{0.5, 0.25});
  CHECK(series(run_of(wide(false)), "loss").values == Values{0.5, 0.25});
  CHECK(series(run_of(wide(true)), "loss").values == Values{0.5, 0.25});

  GIVEN("a name that is not UTF-8") {
    const auto run = run_of("step,p\xe9rte loss\n1,0.5\n2,0.25\n");
    CHECK(series(run, "p\xc3\xa9rte loss").values == Values{0.5, 0.25});
    CHECK(notes_mention(run, "not UTF-8"));
  }
}

namespace {

/// A long file is read in pieces, several at once: that must not show beside what is read line by
/// line, as while the file grows.
void check_pieces(const std::string& text, const std::string& name) {
  const RunFolder folder;
  Followed files(nullptr);
  check_same(run_of(text, name), follow(folder.write(name, text), files));
}

}  // namespace

SCENARIO("a table of many pieces is what its lines are one after the other") {
  constexpr int rows = 120'000;
  const auto row = [](int step) {
    return std::to_string(step) + "," + std::to_string(1.0 / (step + 1)) + "," +
           std::to_string(step % 7 - 3) + ".25e-3";
  };
  std::string text = "step,loss,lr\n";
  GIVEN("numbers alone") {
    for (int step = 0; step < rows; ++step) text += row(step) + "\n";
    check_pieces(text, "log.csv");
  }
  GIVEN("gaps, text, comments, rows that are too long, carriage returns") {
    for (int step = 0; step < rows; ++step) {
      if (step % 5 == 0) {
        text += std::to_string(step) + ",,0.5\r\n";
      } else if (step % 1'001 == 0) {
        text += "# a comment\n" + row(step) + ",7\n\n";
      } else if (step % 997 == 0) {
        text += std::to_string(step) + ",oops,\"0.5\"\n";
      } else {
        text += row(step) + "\n";
      }
    }
    check_pieces(text, "log.csv");
  }
  GIVEN("a header that comes again and changes, and rows that span lines") {
    for (int step = 0; step < rows; ++step) {
      if (step == 40'000) text += "step,loss,acc\n";
      if (step == 80'000) text += "step,loss,lr\n";
      if (step % 9'973 == 1) {
        text += std::to_string(step) + ",\"of two\nlines\",1\n";
      } else {
        text += row(step) + "\n";
      }
    }
    check_pieces(text, "log.csv");
  }
  GIVEN("a last row without its end") {
    for (int step = 0; step < rows; ++step) text += row(step) + "\n";
    const auto run = run_of(text + "120000,0.", "log.csv");
    CHECK(series(run, "loss").values.size() == rows);
    CHECK(notes_mention(run, "cut off"));
  }
}

SCENARIO("JSON lines of many pieces are what they are one after the other") {
  std::string text;
  for (int step = 0; step < 60'000; ++step) {
    const std::string at = "{\"step\": " + std::to_string(step);
    if (step % 4'001 == 7) {
      text += at + ", broken\n";
    } else if (step % 3 == 0) {
      text += at + ", \"val\": {\"loss\": " + std::to_string(step * 0.5) + "}, \"ok\": true}\r\n";
    } else {
      text += at + ", \"loss\": " + std::to_string(1.0 / (step + 1)) + ", \"phase\": \"train\"}\n";
    }
    if (step == 30'000) text += "\n{\"step\": 30000, \"late\": 1}\n";
  }
  check_pieces(text, "log.jsonl");
  CHECK(notes_mention(run_of(text, "log.jsonl"), "log.jsonl:8: left out"));
  CHECK(notes_mention(run_of(text, "log.jsonl"), "log.jsonl:8010: left out"));
}

SCENARIO("series of one table share their steps") {
  const auto run = run_of("step,loss,acc,val\n1,5,0.5,\n2,4,0.6,1\n3,3,0.7,\n4,2,0.8,2\n");
  CHECK(series(run, "loss").steps.data() == series(run, "acc").steps.data());
  CHECK(series(run, "val").steps == Values{2, 4});

  GIVEN("steps that go back") {
    const auto resumed =
        run_of("step,loss,acc\n1,5,0.5\n2,4,0.6\n3,3,0.7\n2,9,0.1\n3,8,0.2\n4,7,1\n");
    CHECK(series(resumed, "loss").values == Values{5, 9, 8, 7});
    CHECK(series(resumed, "acc").values == Values{0.5, 0.1, 0.2, 1});
    CHECK(series(resumed, "loss").steps.data() == series(resumed, "acc").steps.data());
  }
}

SCENARIO("rows that grow longer than the header are read as far as it has names") {
  const auto run = run_of("step,loss\n1,5\n2,4,7\n3,3,7\n4,2,7\n");
  CHECK(series(run, "loss").values == Values{5, 4, 3, 2});
  CHECK(notes_mention(run, "3 rows have more cells than the header has names"));
}

SCENARIO("a header that stands again with other names is said to") {
  CHECK(notes_mention(run_of("step,loss\n1,5\n2,4\nstep,loss,acc\n3,3,1\n"), "with other columns"));
  CHECK(!notes_mention(run_of("step,loss\n1,5\n2,4\nstep,loss\n3,3\n"), "with other columns"));
}
