# What the program says of itself: its page for man, and the completions for shells, where each of them looks.
foreach(page man:share/man/man1/marquetry.1 bash:share/bash-completion/completions/marquetry
    zsh:share/zsh/site-functions/_marquetry fish:share/fish/vendor_completions.d/marquetry.fish)
  string(REPLACE ":" ";" page ${page})
  list(GET page 0 form)
  list(GET page 1 file)
  cmake_path(GET file PARENT_PATH folder)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/${folder})
  add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/${file}
    COMMAND marquetry help --as ${form} > ${PROJECT_BINARY_DIR}/${file} DEPENDS marquetry VERBATIM)
  list(APPEND pages ${PROJECT_BINARY_DIR}/${file})
  install(FILES ${PROJECT_BINARY_DIR}/${file} DESTINATION ${folder})
endforeach()
add_custom_target(marquetry_pages ALL DEPENDS ${pages})
