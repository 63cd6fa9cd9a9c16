/** AWS's documentation does not say how this case ends, so the oracle has no opinion either. */
export class Undocumented extends Error {
  override readonly name = "Undocumented";
}
