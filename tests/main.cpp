#define BOOST_TEST_MODULE plugvet
#include <boost/test/unit_test.hpp>
