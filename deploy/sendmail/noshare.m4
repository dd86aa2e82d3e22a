dnl noshare in Sendmail. Put these lines into /etc/mail/sendmail.mc, before the first MAILER
dnl line; then `sendmailconfig` (Debian) or m4, and restart. docs/attach-sendmail.md explains.
dnl Written for Sendmail 8.17.
dnl
dnl S=  the socket of milter.socket in noshare.yaml; for a TCP socket: inet:8899@127.0.0.1
dnl F=T answer 451 while the filter is down. Without F= mail leaves UNREAD then: Sendmail's
dnl     default. F=R refuses for good (550), which loses mail of impatient programs.
dnl T=  C connect, S send, R read, E end of message. The default R:10s is fine, since noshare
dnl     answers at the end of message only, and E starts anew with each sign of progress.
INPUT_MAIL_FILTER(`noshare', `S=unix:/run/noshare/noshare.sock, F=T, T=C:1m;S:10s;R:10s;E:5m')dnl
dnl
dnl Filters run in the order of their lines: let one that signs (DKIM) stand below.
dnl Name the service that users submit to, and list the name in noshare.yaml under
dnl milter: {outbound_daemons: [MSA]}:
dnl   DAEMON_OPTIONS(`Name=MSA, Port=submission, M=Ea')dnl
