#include "tests/src/run_folder.hpp"

SCENARIO("JSON lines are read as trainers write them") {
  GIVEN("rows of different kinds, with nested keys and numbers that are not finite") {
    const auto run = run_of(
        "{\"step\": 0, \"train\": {\"loss\": 2.5, \"opt\": {\"lr\": 1e-3}}}\n"
        "{\"step\": 1, \"train\": {\"loss\": NaN, \"opt\": {\"lr\": 0.002}}}\n"
        "\n"
        "{\"step\": 2, \"train\": {\"loss\": \"NaN\"}, \"grad_norm\": -Infinity}\r\n"
        "{\"step\": 2, \"val_loss\": \"0.25\", \"note\": null, \"found_inf\": true}\n");

    THEN("each key is a series on the step axis, and absence differs from NaN") {
      CHECK(is_valid(run));
      CHECK(run.step_name == "step");
      CHECK(series(run, "train/loss").steps == Values{0, 1, 2});
      CHECK(series(run, "train/loss").values[0] == 2.5);
      CHECK(std::isnan(series(run, "train/loss").values[1]));
      CHECK(std::isnan(series(run, "train/loss").values[2]));
      CHECK(series(run, "train/opt/lr").values == Values{0.001, 0.002});
      CHECK(series(run, "grad_norm").values == Values{-INFINITY});
      CHECK(series(run, "val_loss").values == Values{0.25});
      CHECK(series(run, "found_inf").values == Values{1});
      CHECK_FALSE(has_series(run, "note"));
      CHECK_FALSE(has_series(run, "step"));
      CHECK(run.notes.empty());
    }
  }

  GIVEN("numbers with as many digits as a double has") {
    const auto run = run_of(
        "{\"step\": 0, \"loss\": 0.1000000000000000055511151231257827}\n"
        "{\"step\": 1, \"loss\": 2.2250738585072011e-308}\n"
        "{\"step\": 2, \"loss\": 9007199254740993}\n"
        "{\"step\": 3, \"loss\": 1e400}\n");
    THEN("they are equal to the last bit") {
      CHECK(series(run, "loss").values ==
            Values{0.1, 2.2250738585072011e-308, 9007199254740992.0, INFINITY});
    }
  }

  GIVEN("a file whose last line is being written") {
    const auto run =
        run_of("{\"step\": 0, \"loss\": 2}\n{\"step\": 1, \"loss\": 1}\n{\"step\": 2, \"lo");
    THEN("what is whole is read and the rest is said") {
      CHECK(series(run, "loss").values == Values{2, 1});
      CHECK(notes_mention(run, "log:3: the last line is cut off"));
    }
  }

  GIVEN("lines that are no rows") {
    const auto run = run_of(
        "{\"step\": 0, \"loss\": 2}\n{\"step\": 1, \"loss\": }\nhello\n{\"step\": 2, \"loss\": "
        "1}\n");
    THEN("they are left out, by line number") {
      CHECK(series(run, "loss").steps == Values{0, 2});
      CHECK(notes_mention(run, "log:2: left out"));
      CHECK(notes_mention(run, "log:3: left out"));
    }
  }

  GIVEN("nesting without end") {
    const std::string deep = std::string(100000, '[') + std::string(100000, ']');
    const auto run =
        run_of("{\"step\": 0, \"loss\": 2, \"x\": " + deep + "}\n{\"step\": 1, \"loss\": 1}\n");
    THEN("the lists are skipped") { CHECK(series(run, "loss").values == Values{2, 1}); }

    std::string objects;
    for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
    const auto rest =
        run_of("{\"step\": 0, \"loss\": 2}\n" + objects + "\n{\"step\": 1, \"loss\": 1}\n");
    THEN("nested objects are refused, the other lines read") {
      CHECK(series(rest, "loss").values == Values{2, 1});
      CHECK(notes_mention(rest, "nested more than 256 deep"));
    }
  }
}

SCENARIO("the step axis is chosen by what tells rows apart") {
  GIVEN("a step and an epoch") {
    const auto run = run_of(
        "{\"epoch\": 1, \"global_step\": 10, \"loss\": 3}\n"
        "{\"epoch\": 1, \"global_step\": 20, \"loss\": 2}\n"
        "{\"epoch\": 2, \"global_step\": 30, \"loss\": 1}\n");
    THEN("steps win and the epoch stays as a series") {
      CHECK(run.step_name == "global_step");
      CHECK(series(run, "loss").steps == Values{10, 20, 30});
      CHECK(series(run, "epoch").values == Values{1, 1, 2});
    }
  }

  GIVEN("a batch number that begins again with every epoch") {
    std::string text;
    for (int epoch = 0; epoch < 3; ++epoch) {
      for (int batch = 0; batch < 4; ++batch) {
        text += "{\"epoch\": " + std::to_string(epoch) + ", \"batch\": " + std::to_string(batch) +
                ", \"loss\": 1}\n";
      }
    }
    const auto run = run_of(text);
    THEN("rows are counted, nothing is lost") {
      CHECK(run.step_name == "row");
      CHECK(series(run, "loss").steps.size() == 12);
      CHECK_FALSE(has_series(run, "restart"));
    }
  }

  GIVEN("no counter at all") {
    const auto run = run_of("{\"loss\": 3}\n{\"loss\": 2}\n");
    THEN("rows are counted") { CHECK(series(run, "loss").steps == Values{0, 1}); }
  }

  GIVEN("steps that are text") {
    const auto run = run_of("{\"step\": \"a\", \"loss\": 3}\n{\"step\": \"b\", \"loss\": 2}\n");
    THEN("rows are counted and that is said") {
      CHECK(series(run, "loss").steps == Values{0, 1});
      CHECK(notes_mention(run, "`step` is not a number"));
    }
  }

  GIVEN("a clock and a duration that are both called time") {
    const auto clock = run_of(
        "{\"step\": 1, \"time\": 100.5, \"loss\": 1}\n{\"step\": 2, \"time\": 101.5, \"loss\": "
        "1}\n");
    const auto duration = run_of(
        "{\"step\": 1, \"time\": 0.5, \"loss\": 1}\n{\"step\": 2, \"time\": 0.3, \"loss\": 1}\n"
        "{\"step\": 3, \"time\": 0.6, \"loss\": 1}\n");
    THEN("only the one that never falls is a clock") {
      CHECK(series(clock, "time").values == Values{100.5, 101.5});
      CHECK(series(duration, "iteration_time").values == Values{0.5, 0.3, 0.6});
    }
  }
}

SCENARIO("a run that was resumed is one run") {
  GIVEN("steps that go back") {
    const auto run = run_of(
        "{\"step\": 1, \"loss\": 5}\n{\"step\": 2, \"loss\": 4}\n{\"step\": 3, \"loss\": 9}\n"
        "{\"step\": 4, \"loss\": 99}\n{\"step\": 3, \"loss\": 3}\n{\"step\": 5, \"loss\": 2}\n");
    THEN("what was logged after the restart stands, and the restart is a series") {
      CHECK(series(run, "loss").steps == Values{1, 2, 3, 5});
      CHECK(series(run, "loss").values == Values{5, 4, 3, 2});
      CHECK(series(run, "restart").steps == Values{3});
      CHECK(series(run, "restart").values == Values{1});
      CHECK(notes_mention(run, "go back 1 time (first to 3)"));
    }
  }

  GIVEN("a step that is logged twice") {
    const auto run = run_of(
        "{\"step\": 1, \"loss\": 5}\n{\"step\": 1, \"loss\": 4}\n{\"step\": 2, \"loss\": 3}\n");
    THEN("the later sample stays and it is no restart") {
      CHECK(series(run, "loss").values == Values{4, 3});
      CHECK_FALSE(has_series(run, "restart"));
      CHECK(notes_mention(run, "1 sample at a step that comes again"));
    }
  }
}
