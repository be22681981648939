#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

/// How our JSON documents are written.
namespace fmx::reports {

/// What is not finite becomes null, what is whole is written so.
nlohmann::ordered_json number(double value);
nlohmann::ordered_json number(std::optional<double> value);

/// Six decimals: the last bits of a probability say nothing and differ between machines.
nlohmann::ordered_json rounded(double value);

/// Nine significant digits, likewise.
nlohmann::ordered_json measured(std::optional<double> value);

/// The document as text, on several lines or on one, with a newline behind it. Bytes that are no
/// UTF-8 are replaced.
std::string written(const nlohmann::ordered_json& document);
std::string written_in_a_line(const nlohmann::ordered_json& document);

}  // namespace fmx::reports
