import Mocha from "mocha";

/** Mocha's own report, and the totals alone on the last line: `N passed, N failed, N skipped`. */
export default class TestTotals extends Mocha.reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`);
  }
}
