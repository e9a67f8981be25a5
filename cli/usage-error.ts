/** The command line or an answer is wrong in itself; nothing was tried. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
