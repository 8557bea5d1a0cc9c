/** Those that are offered; a deal may be in any other. */
export const CURRENCIES = ['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CAD', 'AUD', 'SEK', 'PLN', 'BRL', 'INR'];
