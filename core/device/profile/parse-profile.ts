import * as v from 'valibot';
import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { MAX_PROFILE_BYTES } from '../../../contract/schema/bundle.ts';
import { parseStrictJson } from '../../strict-json.ts';
import { DeviceProfile } from './profile.ts';

const MAX_PROFILE_DEPTH = 6;

/** Reads one profile document; refuses with `device.profile-invalid` that names the file and the field. */
export function parseProfile(bytes: Uint8Array, fileName: string): Result<DeviceProfile> {
  const json = parseStrictJson(bytes, {
    maxBytes: MAX_PROFILE_BYTES,
    maxDepth: MAX_PROFILE_DEPTH,
    code: 'device.profile-invalid',
    what: `Device profile ${fileName}`,
  });
  if (!json.ok) return json;
  const profile = v.safeParse(DeviceProfile, json.value);
  if (profile.success) return accept(profile.output);
  const [issue] = profile.issues;
  const field = v.getDotPath(issue) ?? 'the document';
  return refuse('device.profile-invalid', `Device profile ${fileName} is wrong at ${field}: ${issue.message}.`, {
    field,
  });
}
