// Files that are dropped on the page, or pasted.

/**
 * Listens to all of the page.
 *
 * @param place that is marked while something is dragged
 * @param use what to do with a file
 * @param refuse what to do when something else is dropped
 */
function listenToDrops(place, use, refuse) {
  const mark = (over) => place.classList.toggle('drop', over);
  addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(true);
  });
  addEventListener('dragleave', (event) => {
    // Every element that is left says so; the last one leads nowhere.
    if (!event.relatedTarget) {
      mark(false);
    }
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    const [file] = event.dataTransfer.files;
    if (file) {
      use(file);
    } else {
      refuse();
    }
  });
  addEventListener('paste', (event) => {
    const [file] = event.clipboardData.files;
    if (file) {
      event.preventDefault();
      use(file);
    }
  });
}

export { listenToDrops };
