/** Most units that one standing order may start. */
export const mostUnitsOfOrder = 1000;
