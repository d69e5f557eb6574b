import ArtifactStore
import Foundation
import TestSupport
import Testing

@Suite struct FileSystemKindTests {
  /// Lines as the kernel writes them, with none, one and two optional fields.
  private let mounts = """
    23 28 0:22 / /proc rw,nosuid,nodev,noexec,relatime shared:13 - proc proc rw
    28 1 254:0 / / rw,relatime - ext4 /dev/vda rw,errors=remount-ro
    61 28 0:53 / /home rw,relatime shared:1 master:2 - nfs4 server:/home rw,vers=4.2
    62 28 0:54 /data /mnt/with\\040space rw - fuse.sshfs user@host:/data rw,user_id=0
    63 28 259:4098 / /big rw master:9 - xfs /dev/nvme1n1 rw
    64 28 0:1048577 / /lustre rw - lustre 10.0.0.1@tcp:/scratch rw,flock
    torn line
    65 28 0:55 / /odd rw shared:3
    """

  /// As the kernel packs the two numbers of a device.
  private func device(_ major: UInt64, _ minor: UInt64) -> UInt64 {
    (major & 0xFFF) << 8 | (major & ~0xFFF) << 32 | (minor & 0xFF) | (minor & ~0xFF) << 12
  }

  private func type(_ major: UInt64, _ minor: UInt64) -> String? {
    FileSystem.type(ofDevice: device(major, minor), mounts: mounts)
  }

  @Test func theTypeOfADeviceComesFromTheKernelsTable() {
    #expect(type(254, 0) == "ext4")
    #expect(type(0, 53) == "nfs4")
    #expect(type(0, 54) == "fuse.sshfs")
    #expect(type(259, 4098) == "xfs")
    #expect(type(0, 1_048_577) == "lustre")
  }

  @Test func aDeviceThatIsNotThereOrNotDescribedHasNone() {
    #expect(type(1, 1) == nil)
    #expect(type(0, 55) == nil)
    #expect(FileSystem.type(ofDevice: 0, mounts: "") == nil)
  }

  @Test func typesOfNetworksAreToldFromLocalOnes() {
    for type in ["nfs", "nfs4", "cifs", "lustre", "gpfs", "ceph", "9p", "fuse.sshfs", "beegfs"] {
      #expect(FileSystem.isNetwork(type: type), "\(type)")
    }
    for type in ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "fuseblk", "zfs", "f2fs"] {
      #expect(!FileSystem.isNetwork(type: type), "\(type)")
    }
  }

  @Test func whatIsMadeIsForUserAndGroupAsTheMaskSays() throws {
    let folder = try TemporaryFolder()
    let store = ObjectStore(root: folder.appending("cache"))
    let before = umask(0o002)
    defer { umask(before) }
    try store.publish(sampleArtifact())
    let catalog = try Catalog.open(store: store, notice: { _ in })
    try catalog.reject(sampleArtifact().key, kind: "sample", reason: "no")
    _ = try ResultClaims(root: store.root)
    _ = try CacheLock.take(root: store.root, mode: .shared, holder: .current(command: "test"))
    func mode(_ path: String) -> UInt16 {
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      return (attributes?[.posixPermissions] as? NSNumber)?.uint16Value ?? 0
    }
    let names = [
      "catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm", "claims", "lock.json",
    ]
    for name in names {
      #expect(mode("\(store.root)/\(name)") == 0o664, "\(name)")
    }
    #expect(mode(store.path(of: sampleArtifact().key)) == 0o664)
    #expect(mode(store.objectsFolder) == 0o775)
    withExtendedLifetime(catalog) {}
  }
}
