import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Gzip files (RFC 1952) through the system's gzip program.
public enum Gzip {
  /// Unpacks a whole file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - limit: the most bytes that may come out; a file that would give more is refused.
  /// - Throws: `CompressionError` where the file is truncated or damaged or passes the limit, or
  /// there is
  ///   no gzip.
  public static func decompress(fileAt path: String, limit: Int) throws(CompressionError) -> [UInt8]
  {
    let input = open(path, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw .damaged(String(cString: strerror(errno))) }
    defer { close(input) }
    return try decompress(input: input, limit: limit)
  }

  /// Unpacks what an open file holds.
  static func decompress(input: Int32, limit: Int) throws(CompressionError) -> [UInt8] {
    let output = try Channel()
    let errors = try Channel()
    let process = try start(input: input, output: output.writing, errors: errors.writing)
    output.closeWriting()
    errors.closeWriting()
    let content: [UInt8]?
    do throws(CompressionError) {
      content = try read(output.reading, limit: limit)
    } catch {
      kill(process, SIGKILL)
      _ = wait(for: process)
      throw error
    }
    // Two lines at most come this way, which the pipe holds until now.
    let complaint = (try? read(errors.reading, limit: 1 << 16)) ?? []
    let status = wait(for: process)
    guard status == 0, let content else { throw .damaged(reason(complaint, status: status)) }
    return content
  }

  /// Starts `gzip -dc`; the process reads the file itself.
  private static func start(
    input: Int32, output: Int32, errors: Int32
  ) throws(CompressionError) -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("gzip"), strdup("-dc"), nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawnp(&process, "gzip", &actions, nil, &arguments, environ)
    guard code == 0 else { throw .noGzip(String(cString: strerror(code))) }
    return process
  }

  private static func read(_ file: Int32, limit: Int) throws(CompressionError) -> [UInt8] {
    var content: [UInt8] = []
    let chunkSize = 1 << 16
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = Foundation.read(file, chunk.baseAddress, chunkSize)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .damaged(String(cString: strerror(errno))) }
      if count == 0 { return content }
      guard content.count + count <= limit else { throw .tooLarge(limit: limit) }
      content.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    }
  }

  /// Waits for the end of a process and gives its raw status.
  private static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }

  /// What gzip said, without its name and the name of its input.
  private static func reason(_ complaint: [UInt8], status: Int32) -> String {
    let lines = String(decoding: complaint, as: UTF8.self).split(separator: "\n")
    let words = lines.last.map {
      String($0).replacing("gzip: ", with: "").replacing("stdin: ", with: "")
    }
    return words ?? "gzip ended with status \(status >> 8)"
  }

  /// A channel whose ends close with it and are not inherited by other processes.
  private final class Channel {
    let reading: Int32
    private(set) var writing: Int32

    init() throws(CompressionError) {
      var ends: [Int32] = [-1, -1]
      // A pair of sockets can be closed to other new processes in the same step that makes it.
      #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let code = socketpair(AF_UNIX, kind, 0, &ends)
      #else
        let code = pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      #endif
      guard code == 0 else { throw .noGzip(String(cString: strerror(errno))) }
      reading = ends[0]
      writing = ends[1]
    }

    func closeWriting() {
      if writing >= 0 { close(writing) }
      writing = -1
    }

    deinit {
      close(reading)
      closeWriting()
    }
  }
}
