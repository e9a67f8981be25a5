import type { UpdateJob } from '../update/job.ts';

/** A report's id, and the name of its files: the job's first eight digits and the time of making, `DR-3f2a9c1e-20261122T101500Z`. */
export function reportIdOf({ id }: Pick<UpdateJob, 'id'>, generatedAt: string): string {
  return `DR-${id.slice(0, 8)}-${generatedAt.slice(0, 19).replace(/[-:]/g, '')}Z`;
}
