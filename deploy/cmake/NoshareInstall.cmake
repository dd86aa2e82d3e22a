# Installation, and the Debian package: `cpack -G DEB` in a configured build folder.
#
# Paths are Debian's, whatever the prefix of a build by hand: the systemd unit names them.
set(noshare_man ${PROJECT_SOURCE_DIR}/docs/man)
set(noshare_deploy ${PROJECT_SOURCE_DIR}/deploy)

install(TARGETS noshare-milter noshare-review RUNTIME DESTINATION ${CMAKE_INSTALL_SBINDIR})
install(TARGETS noshare RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS noshare-worker noshare-convert-pdf noshare-convert-office noshare-convert-image
        RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/noshare)
install(DIRECTORY ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/review-pages/
        DESTINATION ${CMAKE_INSTALL_DATADIR}/noshare/review)
install(DIRECTORY patterns/ DESTINATION ${CMAKE_INSTALL_DATADIR}/noshare/patterns)
install(DIRECTORY deploy/templates/ DESTINATION ${CMAKE_INSTALL_DATADIR}/noshare/templates)
install(DIRECTORY deploy/rules/ DESTINATION ${CMAKE_INSTALL_DATADIR}/noshare/rules)
install(FILES ${noshare_deploy}/config/noshare.yaml DESTINATION /etc/noshare)
install(FILES ${noshare_deploy}/systemd/noshare-milter.service
              ${noshare_deploy}/systemd/noshare-review.service
              ${noshare_deploy}/systemd/noshare-purge.service
              ${noshare_deploy}/systemd/noshare-purge.timer
              ${noshare_deploy}/systemd/noshare-digest.service
              ${noshare_deploy}/systemd/noshare-digest.timer DESTINATION /lib/systemd/system)
install(FILES ${noshare_deploy}/systemd/noshare.sysusers
        DESTINATION /usr/lib/sysusers.d RENAME noshare.conf)
install(FILES ${noshare_deploy}/systemd/noshare.tmpfiles
        DESTINATION /usr/lib/tmpfiles.d RENAME noshare.conf)
install(DIRECTORY ${noshare_deploy}/postfix ${noshare_deploy}/sendmail ${noshare_deploy}/apache
        DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES README.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)

# Manual pages, compressed as Debian wants them. Without a time stamp, two builds are equal.
file(GLOB noshare_pages CONFIGURE_DEPENDS ${noshare_man}/*.[1-8])
foreach(page ${noshare_pages})
  get_filename_component(name ${page} NAME)
  string(REGEX REPLACE ".*\\.([1-8])$" "\\1" section ${name})
  set(packed ${PROJECT_BINARY_DIR}/man/${name}.gz)
  add_custom_command(OUTPUT ${packed} DEPENDS ${page}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/man
    COMMAND gzip -9nc ${page} > ${packed} VERBATIM)
  list(APPEND noshare_packed ${packed})
  install(FILES ${packed} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
add_custom_target(noshare_manual ALL DEPENDS ${noshare_packed})

# What the shells complete is made from the commands themselves.
set(completion ${PROJECT_BINARY_DIR}/completion)
add_custom_command(OUTPUT ${completion}/noshare DEPENDS noshare
  COMMAND ${CMAKE_COMMAND} -E make_directory ${completion}
  COMMAND noshare completion bash > ${completion}/noshare VERBATIM)
add_custom_target(noshare_completion ALL DEPENDS ${completion}/noshare)
install(FILES ${completion}/noshare DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)

# Everything that is installed: without the tests, which cpack would build otherwise.
add_custom_target(noshare_installed
  DEPENDS noshare-milter noshare-worker noshare_converters noshare-review noshare review_pages noshare_manual noshare_completion)
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME noshare)
set(CPACK_PACKAGE_VENDOR noshare)
set(CPACK_PACKAGE_CONTACT "noshare maintainers <maintainers@noshare.test>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION mail)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "postfix | sendmail, tesseract-ocr-eng")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "milter that keeps personal data from third parties
 Reads the mail that leaves through Postfix or Sendmail, finds personal data in text,
 headers and attachments, works out who would receive it, and delivers, tags, redacts,
 holds or rejects the message, with a record of every decision.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${noshare_deploy}/debian/conffiles ${noshare_deploy}/debian/postinst
  ${noshare_deploy}/debian/prerm ${noshare_deploy}/debian/postrm)
include(CPack)
