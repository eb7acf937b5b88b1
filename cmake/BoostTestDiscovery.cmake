# discover_boost_tests(<target> <prefix>): after the build, every test case of the program becomes a test of CTest's.
function(discover_boost_tests target prefix)
  set(list ${CMAKE_CURRENT_BINARY_DIR}/${target}_tests.cmake)
  add_custom_command(TARGET ${target} POST_BUILD BYPRODUCTS ${list} VERBATIM
    COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:${target}> -DPREFIX=${prefix} -DOUT=${list}
            -P ${PROJECT_SOURCE_DIR}/cmake/ListBoostTests.cmake)
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${list})
endfunction()
