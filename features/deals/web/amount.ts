/** Whether people would call it an amount of money: `12500`, `980.50`, `980,5`. */
export const isAmount = (value: string) => /^\d+([.,]\d{1,2})?$/.test(value.trim());

/** The amount as the API takes it. */
export const amount = (value: string) => value.trim().replace(',', '.');
