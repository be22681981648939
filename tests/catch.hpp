#pragma once

// The one place that includes Catch2.
#include <catch2/catch.hpp>
