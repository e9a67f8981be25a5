import * as v from 'valibot';

/** Made by whoever asks for an import, so that it can be followed and cancelled from its beginning. */
export const ImportId = v.pipe(v.string(), v.uuid());

/**
 * What is checked of a bundle, in this order. `waiting`: another import is under way. A step that has nothing to do for a bundle is left out:
 * `revocation` where its policy asks nothing about it, `delta-bases`, `documents` and `profiles` where it has none.
 */
export const ImportStep = v.picklist([
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
]);
export type ImportStep = v.InferOutput<typeof ImportStep>;
