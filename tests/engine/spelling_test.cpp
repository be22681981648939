#include "knowledge/spelling.hpp"

#include "engine/match/name.hpp"
#include "tests/catch.hpp"

TEST_CASE("a name that knows how it was spelt has the normal form that rules have") {
  for (const char* name : {"Loss/train", "loss.train", "trainLoss", "GPUMemory", "valLoss2Max",
                           "__a--b__", "", "_", "Prec@1", "Потеря/train", "a1B2", "HTTPServerError",
                           "lm loss", "metrics/mAP50-95(B)", "{module}/norm"}) {
    CAPTURE(name);
    CHECK(fmx::normal_form(name) == fmx::engine::comparable(name).normal);
  }
  CHECK(fmx::normal_form("Loss/train") == "loss_train");
  CHECK(fmx::normal_form("GPUMemory") == "gpu_memory");
}
