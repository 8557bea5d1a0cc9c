import { NO_SOURCES } from '../../application/reasons.ts';
import { type Field, rowTypes } from '../../application/row-types.ts';
import { defineRule, type Finding } from '../../rule.ts';
import { contractDrift } from './contract-drift.ts';
import { type Column, columnsByTable } from './live-columns.ts';

export default defineRule({
  number: 46,
  name: 'model-drift',
  severity: 'high',
  part: 'models',
  title: 'The models are the tables: row types and contracts say of each column what the live database says',
  application: async (application, { client }) => {
    const live = await columnsByTable(client);
    const findings = contractDrift(application.routes, live);
    const models = application.sources && rowTypes(application.sources);
    if (models === undefined) return { findings, unchecked: NO_SOURCES };
    for (const [table, columns] of live) {
      const model = models.get(table);
      if (model === undefined) findings.push(drift(table, 'is in the database, and no model has it'));
      else findings.push(...tableDrift(table, columns, model));
    }
    for (const table of models.keys())
      if (!live.has(table)) findings.push(drift(table, 'is a model, and the database has no such table'));
    return findings;
  },
});

function tableDrift(table: string, columns: ReadonlyMap<string, Column>, model: ReadonlyMap<string, Field>): Finding[] {
  const findings: Finding[] = [];
  for (const [name, column] of columns) {
    const object = `${table}.${name}`;
    const field = model.get(name);
    if (field === undefined) findings.push(drift(object, 'is in the database, and its model does not have it'));
    else if (field.nullable !== column.nullable)
      findings.push(
        drift(
          object,
          column.nullable ? 'may be null, and its model says never' : 'is never null, and its model says it may be',
        ),
      );
    else if (!column.types.some((type) => new RegExp(`\\b${type}\\b`).test(withoutWords(field))))
      findings.push(drift(object, `is ${column.sql}, and its model says ${field.type}`));
    else if (column.words !== undefined && column.words.join() !== field.words.join())
      findings.push(
        drift(object, `allows ${column.words.join(', ')}, and its model says ${field.words.join(', ') || field.type}`),
      );
  }
  for (const name of model.keys())
    if (!columns.has(name)) findings.push(drift(`${table}.${name}`, 'is in its model, and not in the database'));
  return findings;
}

const withoutWords = ({ type }: Field): string => type.replace(/"[^"]*"/g, 'string');

const drift = (object: string, message: string): Finding => ({
  object,
  message,
  mend: '-- npm run generate: it makes db/types.ts from the migrations; where the database differs from them, migrate it',
});
