// Output: what a conversion finds, on its way to the client.
//
// In:  texts, files, faults     Out: packets on the answer's socket, as they come, so
// that what was found before a crash is not lost. A client that has gone ends the
// process.
#pragma once

#include <string>
#include <string_view>

#include "noshare/base/clock.h"
#include "noshare/extract/converter.h"

namespace noshare::convert {

class Output {
 public:
  virtual ~Output() = default;
  virtual void put(const extract::Found& item) = 0;
  // Whether anybody reads pictures.
  virtual bool wants_pictures() const { return false; }

  // Blank texts are left out.
  void text(model::Zone zone, std::string name, std::string text);
  void file(std::string name, std::string bytes);
  void picture(std::string name, std::string bytes);
  void unreadable(model::UnreadableReason reason, std::string name, std::string detail);
};

class SocketOutput final : public Output {
 public:
  SocketOutput(int socket, bool pictures) : socket_(socket), pictures_(pictures) {}
  void put(const extract::Found& item) override;
  bool wants_pictures() const override { return pictures_; }
  void end();

 private:
  void send(std::string_view packet);
  int socket_;
  bool pictures_;
};

}  // namespace noshare::convert
