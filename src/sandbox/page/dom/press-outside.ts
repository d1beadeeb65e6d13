/** Acts when somebody presses anywhere but in one of these. */
export function onPressOutside(elements: readonly HTMLElement[], act: () => void): void {
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !elements.some((element) => element.contains(target))) act();
  });
}
