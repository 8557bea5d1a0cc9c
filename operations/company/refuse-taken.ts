/** Says what a unique key means to whoever brings a company: what it brings is here already. */
export async function refuseWhatIsTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, table, detail } = error as { code?: string; table?: string; detail?: string };
    if (code !== '23505') throw error;
    const what =
      table === 'companies'
        ? 'This company, or its domain, is here already'
        : `Some of its rows of ${table} are here already`;
    throw new Error(
      `${what} (${detail}). Nothing was changed. Delete what is here first, or import a copy with --as-new.`,
      { cause: error },
    );
  }
}
