import type { Refusal, Result } from '../../../contract/result.ts';
import type { TrainingUnit } from '../../../contract/window/window-operations.ts';
import { windowStore } from '../../app/window-store.svelte.ts';
import { call } from '../../bridge/call.ts';

let units = $state.raw<readonly TrainingUnit[]>([]);
let refusal = $state.raw<Refusal | null>(null);

/** The virtual units of the training bench, and what will go wrong with each. Empty outside of training. */
export const training = {
  get isOn(): boolean {
    return windowStore.view?.training != null;
  },
  get units(): readonly TrainingUnit[] {
    return units;
  },
  get refusal(): Refusal | null {
    return refusal;
  },
  unitAt: (position: string): TrainingUnit | undefined => units.find((unit) => unit.position === position),
};

/** No event tells of faults: asked anew whenever something happens on the bench. */
export async function refreshTraining(): Promise<void> {
  if (!training.isOn) return;
  const answer = await call('training.units', {});
  if (answer.ok) units = answer.value.units;
}

/** @param fault null: the unit behaves again */
export async function chooseFault(serial: string, fault: string | null): Promise<void> {
  await take(await call('training.set-fault', { serial, fault }));
}

/** Pulls a unit's cable. */
export async function pullCable(serial: string): Promise<void> {
  await take(await call('training.connect', { serial, connected: false }));
}

/** Plugs a unit in; it takes its power from its cable, so that pulling and plugging is switching it off and on. */
export async function plugIn(serial: string, port: string): Promise<void> {
  await take(await call('training.connect', { serial, connected: true, port }));
}

async function take(answer: Result<TrainingUnit>): Promise<void> {
  refusal = answer.ok ? null : answer;
  await refreshTraining();
}
