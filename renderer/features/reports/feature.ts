import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const reports: Feature = {
  id: 'reports',
  icon: 'reports',
  title: placeTitles.reports,
  keys: 'Mod+5',
  permission: 'report.export',
  screen: new LatePart(() => import('./ReportsScreen.svelte')),
};
