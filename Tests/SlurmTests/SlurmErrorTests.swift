import Slurm
import Testing

@Suite struct SlurmErrorTests {
  @Test func wordsSayWhatToDo() {
    #expect(SlurmError.absent(program: "sbatch").description.contains("--executor local"))
  }
}
