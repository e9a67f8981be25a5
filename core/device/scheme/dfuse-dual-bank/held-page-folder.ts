import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { accept, refuse } from '../../../../contract/result.ts';
import type { Refusal, Result } from '../../../../contract/result.ts';
import { sha256Hex } from '../../../digest.ts';
import { parseStrictJson } from '../../../strict-json.ts';
import { syncFolder } from '../../../sync-folder.ts';
import { writeFileReplacing } from '../../replace-file.ts';
import type { HeldPage, HeldPages, PageOwner } from './held-page.ts';

/** The largest pages that units with such a switch have are 128 KiB (STM32F4), in base64. */
const MAX_FILE_BYTES = 512 * 1024;
const Hash = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)));

const Document = v.strictObject({
  format: v.literal('drydock-held-page/1'),
  profile: v.string(),
  serial: v.string(),
  romSerial: v.nullable(v.string()),
  startAddress: v.number(),
  bytes: v.pipe(v.string(), v.base64()),
  sha256: v.string(),
  imageHash: Hash,
  trialHash: Hash,
});

/** Pages as files of a folder in the station's data, one for each unit, readable by the station's account alone. */
export class HeldPageFolder implements HeldPages {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  keep(page: HeldPage): Result<void> {
    const { bytes, ...facts } = page;
    const document = {
      format: 'drydock-held-page/1',
      ...facts,
      bytes: bytes.toString('base64'),
      sha256: sha256Hex(bytes),
    };
    try {
      if (mkdirSync(this.#folder, { recursive: true, mode: 0o700 }) !== undefined) syncFolder(dirname(this.#folder));
      writeFileReplacing(this.#pathOf(page), JSON.stringify(document), 0o600);
    } catch (error) {
      return refuseFile(error, 'kept');
    }
    const kept = this.find(page);
    if (!kept.ok) return kept;
    if (kept.value?.bytes.equals(bytes) === true) return accept(undefined);
    return refuse(
      'device.page-not-kept',
      'The page that was to be erased does not read back from the data folder; nothing was erased.',
    );
  }

  find(owner: PageOwner): Result<HeldPage | null> {
    let text: Buffer;
    try {
      text = readFileSync(this.#pathOf(owner));
    } catch (error) {
      return isMissing(error) ? accept(null) : refuseFile(error, 'read');
    }
    const json = parseStrictJson(text, {
      maxBytes: MAX_FILE_BYTES,
      maxDepth: 1,
      code: 'device.page-missing',
      what: 'The held page of the unit',
    });
    if (!json.ok) return refuseDamaged(owner);
    const document = v.safeParse(Document, json.value);
    if (!document.success) return refuseDamaged(owner);
    const { format: _format, sha256, bytes: encoded, ...facts } = document.output;
    const bytes = Buffer.from(encoded, 'base64');
    const isOwn = facts.profile === owner.profile && facts.serial === owner.serial;
    return isOwn && sha256Hex(bytes) === sha256 ? accept({ ...facts, bytes }) : refuseDamaged(owner);
  }

  drop(owner: PageOwner): Result<void> {
    try {
      rmSync(this.#pathOf(owner), { force: true });
      return accept(undefined);
    } catch (error) {
      return refuseFile(error, 'removed');
    }
  }

  /** Serial numbers come from the unit: they are no file names. */
  #pathOf({ profile, serial }: PageOwner): string {
    return join(this.#folder, `${sha256Hex(Buffer.from(JSON.stringify([profile, serial])))}.json`);
  }
}

/** A station without a data folder for them: such units are not switched. */
export const noHeldPages: HeldPages = {
  keep: () => refuse('device.page-not-kept', 'This station has no folder for pages of units; nothing was erased.'),
  find: () => accept(null),
  drop: () => accept(undefined),
};

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** What the file system refuses is expected: a full or a failing disk. Anything else is a bug. */
function refuseFile(error: unknown, what: string): Refusal {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) throw error;
  const reason = `A page of the unit's memory could not be ${what} in the data folder (${error.code}), so that the unit was left as it is. Make room there and start again.`;
  return refuse('device.page-not-kept', reason, { fault: error.code });
}

function refuseDamaged({ serial }: PageOwner): Refusal {
  const reason = `The page of unit ${serial} that the data folder holds is damaged; it is not written to the unit, whose other bank stays as it is.`;
  return refuse('device.page-missing', reason);
}
