"""What each policy answers, case by case: files of facts and expected answers beside the code that puts the
questions."""
