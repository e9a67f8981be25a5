import { about } from './about/feature.ts';
import { approvals } from './approvals/feature.ts';
import { audit } from './audit/feature.ts';
import { bench } from './bench/feature.ts';
import { bundles } from './bundles/feature.ts';
import { history } from './history/feature.ts';
import { operators } from './operators/feature.ts';
import { policy } from './policy/feature.ts';
import { reports } from './reports/feature.ts';
import { settings } from './settings/feature.ts';
import { trust } from './trust/feature.ts';
import type { Feature } from './feature.ts';

/** The places of the rail, in their order. A new one is a folder and a line here. */
export const features: readonly Feature[] = [
  bench,
  bundles,
  approvals,
  history,
  reports,
  audit,
  operators,
  policy,
  trust,
  settings,
  about,
];
