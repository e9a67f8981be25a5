import { say } from '../../words/say.ts';
import { jobWords } from './job-words.ts';
import type { ResultWords } from './phase-track.ts';

/** What came out of a phase, in the language of the window. */
export function resultWords(): ResultWords {
  return {
    checks: (passed, all) => say(jobWords.checksPassed, { passed, all }),
    tests: (passed, all) => say(jobWords.testsPassed, { passed, all }),
  };
}
