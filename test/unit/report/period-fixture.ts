import { sign } from 'node:crypto';
import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import { canonicalBytes } from '../../../core/canonical-json.ts';
import { buildPeriodReport, type PeriodSource } from '../../../core/report/period/period-model.ts';
import { tellStory, type Story, type StoryOptions } from './station-fixture.ts';

/** The period of the story's one job, as its station would report it. */
export function periodSource(story: Story, change: Partial<PeriodSource> = {}): PeriodSource {
  const { source } = story;
  const imported = source.events.find(({ leaf }) => leaf.includes('"type":"bundle.imported"'));
  if (imported === undefined) throw new Error('the story has no import');
  return {
    period: { firstDay: '2026-11-01', lastDay: '2026-11-30' },
    jobs: [{ ...source, importSeq: imported.seq }],
    checkpoint: source.checkpoint,
    station: source.station,
    generatedAt: new Date('2026-12-01T08:15:00.000Z'),
    generatedBy: 'Ana María Ruiz',
    ...change,
  };
}

export function tellPeriod(options: StoryOptions = {}): { story: Story; model: PeriodReport } {
  const told = tellStory(options);
  // A job says which policy it was judged by; the story's station leaves that out.
  const model = buildPeriodReport(periodSource(told));
  if (!model.ok) throw new Error(model.reason);
  return { story: told, model: model.value };
}

/** What a station would hand over that signs whatever it is given. */
export function signPeriod(model: unknown, { station }: Story): { jsonBytes: Uint8Array; signature: Uint8Array } {
  const jsonBytes = canonicalBytes(model as PeriodReport);
  return { jsonBytes, signature: sign(null, jsonBytes, station.privateKey) };
}
