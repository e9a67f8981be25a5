/** Commands of a DNLOAD with block number 0 (ST AN3156 §4, UM0424). */
export const DfuseCommand = {
  getCommands: 0x00,
  setAddress: 0x21,
  erase: 0x41,
  /** Lifts the read protection by erasing everything. Known so that it is recognised; never sent. */
  readUnprotect: 0x92,
} as const;

/** Block numbers 0 and 1 do not address memory: 0 is for commands, 1 is reserved (AN3156 §4.1). */
export const COMMAND_BLOCK = 0;
export const FIRST_MEMORY_BLOCK = 2;
/** wBlockNum has 16 bits; DfuSe does not let it wrap, since the address is computed from it. */
export const LAST_MEMORY_BLOCK = 0xffff;
