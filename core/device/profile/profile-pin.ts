import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { JobProfile } from '../../../contract/schema/update-job.ts';
import { nameSource, type SourcedProfile } from './profile-source.ts';

/** By which bytes a unit is driven: what a job remembers of its profile. */
export type ProfilePin = JobProfile;

export function pinProfile({ profile, source }: SourcedProfile): ProfilePin {
  const { kind, sha256 } = source;
  if (kind === 'file') throw new Error('no unit is driven by a profile that was only looked at');
  return { id: profile.id, source: kind, bundle: kind === 'bundle' ? source.bundle.digest : null, sha256 };
}

/**
 * A job goes on with the profile that it began with. Drydock's own and the station's may be corrected meanwhile, by those who answer for
 * the station; a bundle's may take the place of nothing, and nothing takes its place. Refuses `device.profile-changed`.
 */
export function checkPinned(
  pin: ProfilePin | undefined,
  { profile, source }: SourcedProfile,
  where: string,
): Result<void> {
  if (pin === undefined || (pin.source !== 'bundle' && source.kind !== 'bundle')) return accept(undefined);
  if (pin.id === profile.id && pin.sha256 === source.sha256) return accept(undefined);
  const wayOut =
    pin.source === 'bundle'
      ? "Plug the job's unit in there again, then resume the job."
      : "Put that profile back into the station's profiles, then resume the job.";
  const reason = `The job began with the device profile ${pin.id} (${pin.sha256.slice(0, 8)}…), and the unit at position ${where} is now one of ${profile.id} (${nameSource(source)}). Nothing is done to it. ${wayOut}`;
  return refuse('device.profile-changed', reason, { began: pin.id, now: profile.id });
}
