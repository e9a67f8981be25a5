import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { DowngradePermit } from './downgrade-permit.ts';

/** Security counters, and where they come from. A greater one is newer; null is "not known". */
export interface CounterQuestion {
  readonly product: string;
  readonly serial: string | null;
  /** The counter of the image that is to be installed. */
  readonly imageVersion: number;
  /** What the unit says that it runs, read now. */
  readonly deviceVersion: number | null;
  readonly deviceHasValidImage: boolean;
  /** The image that it runs is permanent: no trial, and nothing that the next reset would change. */
  readonly deviceImageIsConfirmed: boolean;
  /** The highest that this station saw confirmed on this serial number. */
  readonly highestConfirmedForSerial: number | null;
  /** The highest that this station saw confirmed on any unit of the product. */
  readonly highestConfirmedForProduct: number | null;
  /** Whether a `recovery` approval counts for this unit and bundle. */
  readonly recoveryApproved: boolean;
  readonly permit: DowngradePermit | null;
  readonly now: Date;
}

/** On what grounds an image may be installed. `upgrade-again`: to what the history of the serial number holds already. */
export type CounterBasis = 'upgrade' | 'upgrade-again' | 'recovery' | 'downgrade';

interface KnownCounter {
  readonly version: number;
  readonly code: 'policy.downgrade' | 'policy.downgrade-history';
  /** Where it is known from, as it ends a sentence. */
  readonly source: string;
}

/**
 * Lets an image pass only upwards (REQ-OTA-VER-01 to -03). The image's counter must be greater than what the unit runs and
 * than what was ever confirmed on its serial number, so that a wiped unit, or one that lies, cannot be taken back. A unit
 * whose version cannot be read is measured by the product's history too. A unit that readably runs an older confirmed image may be
 * brought up to its serial's highest, though not below it: two units may share a serial number, and a unit may have been put back
 * by hand. Two ways lead past: a recovery approval, to the very same version and only for a unit that runs nothing readable; and
 * a downgrade permit.
 * Refuses with `policy.downgrade`, `policy.downgrade-history`, `policy.same-version`, `policy.version-unknown` or
 * `policy.permit-mismatch`.
 */
export function checkSecurityCounter(question: CounterQuestion): Result<CounterBasis> {
  const { imageVersion } = question;
  const highest = findHighestCounter(question);
  if (highest === null) {
    return question.recoveryApproved ? accept('recovery') : refuseUnknown(question);
  }
  if (imageVersion > highest.version) return accept('upgrade');
  if (imageVersion === highest.version && runsOlderThan(imageVersion, question)) return accept('upgrade-again');
  if (imageVersion === highest.version && question.recoveryApproved && !isVersionReadable(question))
    return accept('recovery');
  if (question.permit === null) return refuseNotNewer(question, highest);
  return checkPermit(question.permit, question, highest) ?? accept('downgrade');
}

/** A counter beside an image that does not verify is a claim that nothing backs, and no release has the counter 0. */
function isVersionReadable({ deviceVersion, deviceHasValidImage }: CounterQuestion): boolean {
  return deviceHasValidImage && deviceVersion !== null && deviceVersion > 0;
}

/** A unit that lies about this gains nothing: what it is given is the highest that its serial number ever had. */
function runsOlderThan(imageVersion: number, question: CounterQuestion): boolean {
  const { deviceVersion, deviceImageIsConfirmed } = question;
  return (
    isVersionReadable(question) && deviceImageIsConfirmed && deviceVersion !== null && deviceVersion < imageVersion
  );
}

/** The greatest counter that is known; where two are equal, the one that tells the person most: the unit's own. */
function findHighestCounter(question: CounterQuestion): KnownCounter | null {
  const { deviceVersion, highestConfirmedForSerial, highestConfirmedForProduct, serial, product } = question;
  const known: KnownCounter[] = [];
  if (deviceVersion !== null) {
    known.push({ version: deviceVersion, code: 'policy.downgrade', source: 'is on the unit' });
  }
  if (highestConfirmedForSerial !== null) {
    const source = `was confirmed on the unit ${serial ?? ''} before`;
    known.push({ version: highestConfirmedForSerial, code: 'policy.downgrade-history', source });
  }
  if (highestConfirmedForProduct !== null && !isVersionReadable(question)) {
    const source = `was confirmed on another ${product}, and this unit's version cannot be read`;
    known.push({ version: highestConfirmedForProduct, code: 'policy.downgrade-history', source });
  }
  return known.reduce<KnownCounter | null>(
    (best, next) => (best === null || next.version > best.version ? next : best),
    null,
  );
}

function refuseUnknown({ imageVersion }: CounterQuestion): Refusal {
  const reason = `The unit's version cannot be read and this station has no history of it, so nothing shows that version ${imageVersion} is newer; a recovery approval is needed.`;
  return refuse('policy.version-unknown', reason, { imageVersion });
}

function refuseNotNewer(question: CounterQuestion, highest: KnownCounter): Refusal {
  const { imageVersion } = question;
  const detail = { imageVersion, highestVersion: highest.version };
  if (imageVersion === highest.version) {
    const help = isVersionReadable(question) ? '' : '; to install it again, a recovery must be approved';
    return refuse('policy.same-version', `The bundle's version ${imageVersion} ${highest.source}${help}.`, detail);
  }
  const reason = `The bundle's version ${imageVersion} is older than version ${highest.version}, which ${highest.source}.`;
  return refuse(highest.code, reason, detail);
}

function checkPermit(permit: DowngradePermit, question: CounterQuestion, highest: KnownCounter): Refusal | null {
  const { product, serial, imageVersion, now } = question;
  const refuseMismatch = (why: string) =>
    refuse('policy.permit-mismatch', `The downgrade permit does not hold: ${why}.`);
  if (permit.product !== product || permit.serial !== serial) {
    return refuseMismatch(
      `it is for unit ${permit.serial} of ${permit.product}, not for ${serial ?? 'a unit without serial number'} of ${product}`,
    );
  }
  if (permit.toVersion !== imageVersion) {
    return refuseMismatch(`it leads to version ${permit.toVersion}, and the bundle's is ${imageVersion}`);
  }
  if (highest.version > permit.fromVersionAtMost) {
    return refuseMismatch(
      `it starts from version ${permit.fromVersionAtMost} at most, and version ${highest.version} ${highest.source}`,
    );
  }
  if (now.getTime() >= Date.parse(permit.expires)) {
    return refuseMismatch(`it expired on ${permit.expires.slice(0, 10)} at ${permit.expires.slice(11, 16)} UTC`);
  }
  return null;
}
