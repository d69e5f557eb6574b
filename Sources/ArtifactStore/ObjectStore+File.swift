extension ObjectStore {
  /// Reads the artifact in a file, wherever it lies and whatever its name, checking all of it.
  ///
  /// - Throws: `ArtifactError`: `.notFound`, `.damaged`, `.newerFormat`.
  public static func artifact(ofFile path: String) throws(ArtifactError) -> Artifact {
    let data = try FileSystem.read(path)
    let result = data.withUnsafeBytes { bytes in
      Swift.Result { () throws(ArtifactError) in try ArtifactFile.decode(bytes, path: path) }
    }
    return try result.get()
  }

  /// The keys that begin with these hexadecimal digits, of files that stand under an artifact's name.
  public func keys(beginningWith digits: String) -> [ArtifactKey] {
    keys().filter { $0.hex.hasPrefix(digits) }
  }
}
