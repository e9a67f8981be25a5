import type { Feature } from '../feature.ts';
import Screen from './ReportsScreen.svelte';
import { reportsWords } from './words.ts';

export const reports: Feature = {
  id: 'reports',
  icon: 'reports',
  title: reportsWords.title,
  keys: 'Mod+5',
  permission: 'report.export',
  screen: Screen,
};
