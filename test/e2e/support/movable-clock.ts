import { shiftClock, type ClockShift } from './shift-clock.ts';

/** Loaded before the program by whoever tests it: its clocks stand where the test says. */
process.on('message', ({ clock }: { clock?: ClockShift }) => {
  if (clock === undefined) return;
  shiftClock(clock);
  process.send?.({ clockMoved: true });
});
