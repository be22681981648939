#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/diagnose.hpp"

namespace fmx::engine {

/// A run that is still going on, and what is concluded from it so far.
///
/// Promise  diagnosis() is what diagnose(knowledge, run()) would give, to the last bit, whatever
///          changed in whatever order; a conclusion that lost its support is gone. Only where a row
///          of a relation has several proofs it may be another one that is told.
/// Cost     only what rests on a series, setting, table or log that changed since is worked out
///          again: conditions on it, findings, relations derived from it; beliefs and plan where
///          the evidence changed. Nothing is worked out before diagnosis() is asked for.
class Session {
 public:
  /// `knowledge` outlives this.
  explicit Session(const Knowledge& knowledge, Run run = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Samples of the series of that name, which is new where the run has none. A step that is
  /// already there gets the new value; one that lies between others goes between them.
  /// Pre: the steps of `samples` strictly increase.
  void append(const std::string& series, Window samples);

  void set(const std::string& key, Setting value);
  void unset(const std::string& key);

  void add_row(const std::string& table, Row row);
  /// All the rows of a table, in place of those there were.
  void set_rows(const std::string& table, std::vector<Row> rows);

  void add_log_lines(std::span<const std::string> lines);

  /// The whole run as it is now: what differs from run() has changed.
  void update(Run now);

  const Run& run() const;

  /// Good until the next change.
  const Diagnosis& diagnosis();

  /// How many conditions were worked out in all, to see what a change costs.
  std::size_t worked_out() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fmx::engine
