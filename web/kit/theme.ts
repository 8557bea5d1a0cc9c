import { createTheme, type MantineColorsTuple } from '@mantine/core';

// The colours themselves are in tokens.css, where light and dark sit side by side; Mantine wants the names here.
const tide = Array.from({ length: 10 }, (_, shade) => `var(--mantine-color-tide-${shade})`);

const dialog = { title: { fontSize: '1.05rem', fontWeight: 650, letterSpacing: '-0.01em' } };

// The list itself scrolls: a box around it that did would have to be reached by the Tab key.
const list = { withScrollArea: false, styles: { options: { maxHeight: 250, overflowY: 'auto' } } } as const;

export const theme = createTheme({
  colors: { tide: tide as unknown as MantineColorsTuple },
  primaryColor: 'tide',
  primaryShade: 7,
  cursorType: 'pointer',
  respectReducedMotion: true,
  // By name, not by `extend`: the first page would load every component that is named here.
  components: {
    // The page itself never scrolls, and locking would inject an inline <style>.
    Drawer: { defaultProps: { lockScroll: false, position: 'right', size: 440, styles: dialog } },
    Modal: { defaultProps: { lockScroll: false, centered: true, styles: dialog } },
    // Its first item has the focus when it opens: an empty place that has it is no item of a menu.
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false } },
    // One look of a switch: as the views of a calendar and the tabs of a page.
    SegmentedControl: {
      defaultProps: {
        withItemsBorders: false,
        radius: 8,
        styles: {
          root: { padding: 2, background: 'var(--sunken)' },
          indicator: { background: 'var(--surface)', boxShadow: '0 1px 2px rgb(0 0 0 / 14%)' },
          label: { fontWeight: 600 },
        },
      },
    },
    Select: { defaultProps: { allowDeselect: false, ...list } },
    MultiSelect: { defaultProps: list },
    Autocomplete: { defaultProps: list },
    TagsInput: { defaultProps: list },
    Loader: { defaultProps: { type: 'dots' } },
  },
});
