/** A person stopped the command: Ctrl-C or Ctrl-D at a question, or Ctrl-C while a unit was updated. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
