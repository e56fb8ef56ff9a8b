package dev.taskqueue.sample.thumbnail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import dev.taskqueue.sample.job.Job;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/**
 * The HTTP API: images in, their states and thumbnails out. An upload is answered with
 * 202 as soon as it is queued; no request ever waits for a worker.
 */
@RestController
@RequestMapping("/api/thumbnails")
class ThumbnailController {

	private final Thumbnails thumbnails;

	private final UploadReader uploads;

	ThumbnailController(Thumbnails thumbnails, UploadReader uploads) {
		this.thumbnails = thumbnails;
		this.uploads = uploads;
	}

	/** What a form with a file input called "file" sends. */
	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	ResponseEntity<List<ThumbnailStatus>> submitForm(@RequestParam("file") List<MultipartFile> parts)
			throws IOException {
		List<ThumbnailStatus> accepted = new ArrayList<>();
		for (MultipartFile part : parts) {
			accepted.add(submit(this.uploads.name(part.getOriginalFilename()), part.getInputStream()));
		}
		URI location = (accepted.size() == 1) ? location(accepted.get(0)) : URI.create("/api/thumbnails");
		return ResponseEntity.accepted().location(location).body(accepted);
	}

	/** What {@code curl --data-binary @image.png -H 'Content-Type: image/png'} sends. */
	@PostMapping(consumes = "image/*")
	ResponseEntity<ThumbnailStatus> submitImage(@RequestParam(defaultValue = "") String name, InputStream body)
			throws IOException {
		ThumbnailStatus accepted = submit(this.uploads.name(name), body);
		return ResponseEntity.accepted().location(location(accepted)).body(accepted);
	}

	@GetMapping
	List<ThumbnailStatus> list() {
		return this.thumbnails.newestFirst().stream().map(ThumbnailStatus::of).toList();
	}

	@GetMapping("/{id}")
	ThumbnailStatus status(@PathVariable long id) {
		return ThumbnailStatus.of(find(id));
	}

	@GetMapping("/{id}/image")
	ResponseEntity<byte[]> image(@PathVariable long id) {
		Job<Upload, Thumbnail> job = find(id);
		if (job.outcome() instanceof Job.Done<Thumbnail> done) {
			Thumbnail thumbnail = done.value();
			return ResponseEntity.ok()
				.contentType(MediaType.parseMediaType(thumbnail.format().mediaType()))
				.cacheControl(CacheControl.noStore())
				// A worker made these bytes: a browser must not guess what else they are.
				.header("X-Content-Type-Options", "nosniff")
				.body(thumbnail.image());
		}
		ThumbnailStatus status = ThumbnailStatus.of(job);
		throw new ResponseStatusException(HttpStatus.CONFLICT, (status.error() != null)
				? "There is no thumbnail of '%s': %s".formatted(status.name(), status.error().message())
				: "The thumbnail of '%s' is not ready yet: its task is %s".formatted(status.name(), status.state()));
	}

	private ThumbnailStatus submit(String name, InputStream content) throws IOException {
		return ThumbnailStatus
			.of(this.thumbnails.submit(name, this.uploads.read(name, content), Thumbnails.Priority.VISITOR));
	}

	private Job<Upload, Thumbnail> find(long id) {
		return this.thumbnails.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no thumbnail %d, or it was forgotten".formatted(id)));
	}

	private static URI location(ThumbnailStatus accepted) {
		return URI.create("/api/thumbnails/" + accepted.id());
	}

}
