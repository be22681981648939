#pragma once

#include <nlohmann/json.hpp>
#include <optional>

/// Numbers as our JSON documents write them.
namespace fmx::reports {

/// What is not finite becomes null, what is whole is written so.
nlohmann::ordered_json number(double value);
nlohmann::ordered_json number(std::optional<double> value);

/// Six decimals: the last bits of a probability say nothing and differ between machines.
nlohmann::ordered_json rounded(double value);

/// Nine significant digits, likewise.
nlohmann::ordered_json measured(std::optional<double> value);

}  // namespace fmx::reports
