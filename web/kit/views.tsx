import classes from './views.module.css';

interface Props<View extends string> {
  label: string;
  views: { view: View; label: string }[];
  view: View;
  onChange: (view: View) => void;
}

/** A few ways of looking at one page, one of them pressed. */
export function Views<View extends string>({ label, views, view, onChange }: Props<View>) {
  return (
    <fieldset className={classes.views}>
      <legend className="visually-hidden">{label}</legend>
      {views.map((each) => (
        <button
          key={each.view}
          type="button"
          className={classes.view}
          aria-pressed={each.view === view}
          onClick={() => onChange(each.view)}
        >
          {each.label}
        </button>
      ))}
    </fieldset>
  );
}
