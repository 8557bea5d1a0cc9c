export interface CustomFieldDefinition {
  key: string;
  label: string;
  type: 'text' | 'number' | 'date' | 'boolean' | 'select' | 'multi_select' | 'url' | 'email' | 'phone' | 'money';
  options: readonly unknown[];
  is_required: boolean;
}

type Read = { value: unknown } | { message: string };
const yes = new Set(['true', 'yes', 'y', '1', 'x', 'ja', 'sí', 'si', 'oui', 'wahr', 'checked']);
const no = new Set(['false', 'no', 'n', '0', 'nein', 'non', 'falsch', 'unchecked']);

/** A cell as a value of the company's own field, or what it should look like. */
export function readCustomValue(text: string, { type, options }: CustomFieldDefinition): Read {
  switch (type) {
    case 'number':
      return number(text, (value) => ({ value }));
    case 'money':
      return number(text, (_, plain) =>
        /^-?\d{1,13}(\.\d{1,2})?$/.test(plain)
          ? { value: plain }
          : { message: 'It should be an amount such as 1250.00.' },
      );
    case 'boolean': {
      const word = text.toLowerCase();
      return yes.has(word) ? { value: true } : no.has(word) ? { value: false } : { message: 'It should be yes or no.' };
    }
    case 'date':
      return day(text);
    case 'select':
      return option(text, options);
    case 'multi_select': {
      const read = [...new Set(text.split(/\s*[;,|\n]\s*/).filter(Boolean))].map((one) => option(one, options));
      const wrong = read.find((one) => 'message' in one);
      return wrong ?? { value: [...new Set(read.map((one) => 'value' in one && one.value))] };
    }
    case 'url': {
      const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
      return /^https?:\/\//i.test(address) && !/\s/.test(address) && URL.canParse(address)
        ? { value: address }
        : { message: 'It should be an address such as https://example.com.' };
    }
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 255
        ? { value: text }
        : { message: 'It should look like name@company.com.' };
    case 'phone':
      return /^[+\d(][\d\s()./-]*(\s?(x|ext\.?)\s?\d+)?$/i.test(text) && text.length <= 50
        ? { value: text }
        : { message: 'It should be a telephone number.' };
    default:
      return { value: text };
  }
}

/** Thousands may be marked by commas, spaces or apostrophes; a lone comma before one or two digits is the decimal one. */
function number(text: string, make: (value: number, plain: string) => Read): Read {
  const bare = text.replace(/[\s'’]|[€$£]/g, '');
  const plain = /^-?\d+,\d{1,2}$/.test(bare) ? bare.replace(',', '.') : bare.replace(/,(?=\d{3})/g, '');
  return /^-?\d+(\.\d+)?$/.test(plain) && Number.isFinite(Number(plain))
    ? make(Number(plain), plain)
    : { message: 'It should be a number.' };
}

function day(text: string): Read {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = german
    ? `${german[3]}-${german[2]?.padStart(2, '0')}-${german[1]?.padStart(2, '0')}`
    : (/^(\d{4}-\d{2}-\d{2})([T ][\d:.]+Z?)?$/.exec(text)?.[1] ?? '');
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && iso >= '0001-01-01' && date.toISOString().startsWith(iso)
    ? { value: iso }
    : { message: 'It should be a day such as 2026-01-31.' };
}

function option(text: string, options: readonly unknown[]): Read {
  const found = options.find((one) => String(one).toLowerCase() === text.toLowerCase());
  return found === undefined
    ? { message: `It should be one of ${options.slice(0, 10).join(', ')}.` }
    : { value: found };
}
