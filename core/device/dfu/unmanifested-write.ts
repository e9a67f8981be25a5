import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { UnitConnection } from '../unit-connection.ts';
import type { DownloadRequest, Manifested } from './download.ts';

/**
 * A write whose end is put off until the image is activated, because manifestation marks it. What is known of it holds for one slot and one
 * enumeration, and for one attempt.
 */
export class UnmanifestedWrite {
  #sent: { readonly slot: string; readonly sighting: string; readonly nextBlock: number } | null = null;

  forget(): void {
    this.#sent = null;
  }

  /** Refuses as `DfuSession.send`. */
  async send(
    unit: UnitConnection,
    slot: string,
    alternate: number | string,
    request: Omit<DownloadRequest, 'blockBytes'>,
  ): Promise<Result<void>> {
    this.#sent = null;
    const sent = await unit.dfu.send(alternate, request);
    if (!sent.ok) return sent;
    this.#sent = { slot, sighting: unit.sighting, nextBlock: sent.value };
    return accept(undefined);
  }

  /** Refuses with `device.not-pending` where nothing was sent that could be manifested, or as `DfuSession.manifest`. */
  async manifest(unit: UnitConnection, slot: string): Promise<Result<Manifested>> {
    const sent = this.#sent;
    this.#sent = null;
    if (sent?.slot === slot && sent.sighting === unit.sighting) return await unit.dfu.manifest(sent.nextBlock);
    return refuse('device.not-pending', 'Nothing that could be activated was written since the unit was connected.');
  }
}
