/**
 * What is checked of a bundle, in this order. `waiting`: another import is under way. A step that has nothing to do for a bundle is left out:
 * `revocation` where its policy asks nothing about it, `delta-bases`, `documents` and `profiles` where it has none.
 */
export const importSteps = [
  'waiting',
  'archive',
  'signature',
  'manifest',
  'revocation',
  'policy',
  'delta-bases',
  'images',
  'documents',
  'profiles',
  'store',
] as const;
