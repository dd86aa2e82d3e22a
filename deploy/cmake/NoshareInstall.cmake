# Installation and the Debian package.
install(TARGETS noshare-milter noshare-worker noshare)
install(DIRECTORY patterns/ DESTINATION ${CMAKE_INSTALL_DATADIR}/noshare/patterns)
