import * as v from 'valibot';
import { importSteps } from '../plain/import-steps.ts';

/** Made by whoever asks for an import, so that it can be followed and cancelled from its beginning. */
export const ImportId = v.pipe(v.string(), v.uuid());

export const ImportStep = v.picklist(importSteps);
export type ImportStep = v.InferOutput<typeof ImportStep>;
