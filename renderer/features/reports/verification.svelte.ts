import type { Refusal, Result } from '../../../contract/result.ts';
import type { ReportVerificationView } from '../../../contract/schema/report.ts';
import type { ChosenFile } from '../../../contract/window/file-purpose.ts';
import { call } from '../../bridge/call.ts';
import { takeDropped } from '../../bridge/drop.ts';

/** A report that somebody has verified here, and against whose key. */
class Verification {
  whose = $state<'own' | 'other'>('own');
  /** SHA-256 of another station's key, as it is typed. */
  otherKey = $state('');
  fileName = $state('');
  found = $state.raw<ReportVerificationView | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  isBusy = $state(false);

  /** False while another station is meant and its key is not there: then a report would be compared with nothing. */
  get isReady(): boolean {
    return this.whose === 'own' || this.otherKey.trim() !== '';
  }

  async choose(): Promise<void> {
    await this.#verify(await call('window.choose', { purpose: 'report', several: false }));
  }

  async drop(files: readonly File[]): Promise<void> {
    // A person drops the JSON, or all files of the report together.
    const json = files.filter(({ name }) => name.endsWith('.json'));
    await this.#verify(await takeDropped(json.length === 1 ? json : files, 'report'));
  }

  async #verify(chosen: Result<readonly ChosenFile[]>): Promise<void> {
    this.refusal = chosen.ok ? null : chosen;
    const file = chosen.ok ? chosen.value[0] : undefined;
    if (file === undefined || !this.isReady || this.isBusy) return;
    this.isBusy = true;
    this.found = null;
    this.fileName = file.name;
    const stationKey = this.whose === 'own' ? null : this.otherKey.trim();
    const answer = await call('report.verify', { path: file.ticket, stationKey });
    this.isBusy = false;
    this.refusal = answer.ok ? null : answer;
    this.found = answer.ok ? answer.value : null;
  }

  forget(): void {
    this.whose = 'own';
    this.otherKey = this.fileName = '';
    this.found = null;
    this.refusal = null;
  }
}

export const verification = new Verification();
