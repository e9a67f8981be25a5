import type { JobState } from '../../../contract/schema/update-job.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import type { Refusal } from '../../../contract/result.ts';
import type { MarkKind } from '../../design/mark-kind.ts';
import { markOfJob } from '../../station/job-mark.ts';
import type { Card } from './cards.ts';
import type { Choice } from './choose-bundle.ts';

/** What was read of a unit; both null while it is being read. */
export interface Reading {
  readonly state: DeviceState | null;
  readonly refusal: Refusal | null;
}

/** The states of a place where no job is to be shown. */
export type IdleState =
  | 'empty'
  | 'unknown'
  | 'no-serial'
  | 'no-access'
  | 'reading'
  | 'unreadable'
  | 'in-operation'
  | 'ready'
  | 'nothing-newer'
  | 'unanswered'
  | 'no-bundle'
  | 'other-hardware'
  | 'expired'
  | 'no-policy'
  | 'other-work-order'
  | 'unapproved'
  | 'approval-ended';

/** The one big next action of a card. */
export type NextAction = 'start' | 'start-again' | 'resume' | 'show-job' | 'show-unit' | 'read-again' | 'read-stopped';

export interface Standing {
  readonly mark: MarkKind;
  /** Of the job where one is shown. */
  readonly state: IdleState | JobState | 'needs-you' | 'interrupted';
  /** Null where nothing can be done. */
  readonly action: NextAction | null;
}

interface Circumstances {
  readonly reading: Reading | undefined;
  readonly choice: Choice | null;
  /** Nobody works on the open job: it waits for a person. */
  readonly isIdle: boolean;
  readonly mayExecute: boolean;
}

const markOfIdle: Readonly<Record<IdleState, MarkKind>> = {
  empty: 'idle',
  unknown: 'idle',
  'no-serial': 'refused',
  'no-access': 'needs-you',
  reading: 'idle',
  unreadable: 'needs-you',
  'in-operation': 'needs-you',
  ready: 'ready',
  'nothing-newer': 'idle',
  unanswered: 'needs-you',
  'no-bundle': 'idle',
  'other-hardware': 'idle',
  expired: 'needs-you',
  'no-policy': 'needs-you',
  'other-work-order': 'needs-you',
  unapproved: 'idle',
  'approval-ended': 'needs-you',
};

/** How a place stands, and what a person does next about it. */
export function standingOf(card: Card, circumstances: Circumstances): Standing {
  const { job } = card;
  const { isIdle, mayExecute } = circumstances;
  if (job !== null && job.endedAt === null) {
    if (job.attention !== null) return { mark: 'needs-you', state: 'needs-you', action: 'show-job' };
    const action = isIdle && mayExecute ? 'resume' : 'show-job';
    if (job.state === 'indeterminate' || !isIdle) return { mark: markOfJob[job.state], state: job.state, action };
    return { mark: 'needs-you', state: 'interrupted', action };
  }
  const idle = idleState(card, circumstances);
  const mayStart = idle === 'ready' && mayExecute;
  if (job !== null) {
    const action = mayStart ? (job.state === 'confirmed' ? 'start' : 'start-again') : 'show-job';
    return { mark: markOfJob[job.state], state: job.state, action };
  }
  return { mark: markOfIdle[idle], state: idle, action: mayStart ? 'start' : actionOfIdle(idle) };
}

function actionOfIdle(state: IdleState): NextAction | null {
  if (state === 'empty') return null;
  if (state === 'in-operation') return 'read-stopped';
  return state === 'no-access' || state === 'unreadable' ? 'read-again' : 'show-unit';
}

/** Refusals of a reading that say something else than that it went wrong. */
const ofUnread: Readonly<Record<string, IdleState>> = {
  'device.no-serial': 'no-serial',
  'device.wrong-mode': 'in-operation',
};

function idleState({ unit }: Card, { reading, choice }: Circumstances): IdleState {
  if (unit === null) return 'empty';
  if (unit.profile === null) return 'unknown';
  if (unit.access === 'denied' || unit.access === 'driver') return 'no-access';
  if (reading?.refusal != null) return ofUnread[reading.refusal.code] ?? 'unreadable';
  if (reading?.state == null || choice === null) return 'reading';
  return choice.why ?? 'ready';
}
