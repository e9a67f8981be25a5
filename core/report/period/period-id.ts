import type { PeriodReport } from '../../../contract/schema/period-report.ts';

/** The report's id, and the name of its files: `DR-jobs-20261101-20261130-20261201T081500Z`; a training report says so. */
export function periodIdOf({
  generatedAt,
  period,
  station,
}: Pick<PeriodReport, 'generatedAt' | 'period' | 'station'>): string {
  const compact = (text: string): string => text.replace(/[-:]/g, '');
  const training = station.training ? 'TRAINING-' : '';
  return `DR-${training}jobs-${compact(period.firstDay)}-${compact(period.lastDay)}-${compact(generatedAt.slice(0, 19))}Z`;
}
