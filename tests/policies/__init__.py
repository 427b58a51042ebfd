"""What each policy answers, case by case: facts and expected answers are beside its pack, in `examples`."""
