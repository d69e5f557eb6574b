import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension FileSystem {
  /// Where a cache lies, as far as it matters for locks and for SQLite.
  public enum Kind: Sendable, Equatable {
    case local
    /// Shared over a network, with the system's name for its type, such as `nfs4`.
    case network(String)
  }

  /// The kind of file system that a folder lies on; TRACKFLOW_FILE_SYSTEM=local or network overrules it.
  ///
  /// SQLite's write-ahead log needs memory that all users of a file share, which machines do not.
  public static func kind(of path: String) -> Kind {
    switch ProcessInfo.processInfo.environment["TRACKFLOW_FILE_SYSTEM"] {
    case "local": return .local
    case "network": return .network("network, as TRACKFLOW_FILE_SYSTEM says")
    default: break
    }
    var status = stat()
    var folder = path
    // A cache that is not there yet will lie where its folder does.
    while stat(folder, &status) != 0, folder != "/", !folder.isEmpty {
      folder = (folder as NSString).deletingLastPathComponent
    }
    guard let mounts = try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8) else {
      return .local
    }
    let type = Self.type(ofDevice: UInt64(status.st_dev), mounts: mounts)
    return type.map { isNetwork(type: $0) ? .network($0) : .local } ?? .local
  }

  /// The type of a mounted device, from the kernel's table (`man 5 proc`, mountinfo).
  package static func type(ofDevice device: UInt64, mounts: String) -> String? {
    let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
    let minor = device & 0xFF | (device >> 12) & ~0xFF
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 6, fields[2] == "\(major):\(minor)",
        let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count
      else { continue }
      return String(fields[dash + 1])
    }
    return nil
  }

  /// Whether a file system of that name is shared with other machines.
  package static func isNetwork(type: String) -> Bool { networks.contains(type) }

  private static let networks: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "lustre", "gpfs", "afs", "ceph", "9p", "beegfs",
    "beegfs_nodev", "ocfs2", "gfs2", "panfs", "glusterfs", "pvfs2", "orangefs", "virtiofs",
    "wekafs", "vboxsf", "coda", "ncpfs", "fuse.glusterfs", "fuse.sshfs", "fuse.ceph",
    "fuse.ceph-fuse", "fuse.lustre", "fuse.beegfs", "fuse.juicefs", "fuse.rclone", "fuse.s3fs",
    "fuse.gcsfuse", "fuse.mount.s3",
  ]
}
